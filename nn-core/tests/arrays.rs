//! Tensors of arrays and of images of other crates.

use nn_core::prelude::*;

#[cfg(feature = "ndarray")]
#[test]
fn arrays_of_any_order_become_tensors() {
    use ndarray::{Array, Array1, Array2, Array3, ArrayD, IxDyn, s};
    let array = Array::from_iter((0..24).map(|at| at as f32)).into_shape_with_order((2, 3, 4)).unwrap();
    let tensor = <Tensor![2, 3, 4]>::try_from(&array).unwrap();
    assert_eq!(tensor.as_array(), array);
    assert_eq!(tensor, Tensor::from_fn(|at| at as f32));
    let reversed = <Tensor![4, 3, 2]>::try_from(&array.t()).unwrap();
    assert_eq!(reversed[[3, 2, 1]], 23.0);
    let every_other = <Tensor![2, 3, 2]>::try_from(&array.slice(s![.., .., ..;-2])).unwrap();
    assert_eq!(every_other.as_slice()[..2], [3.0, 1.0]);
    let dynamic: ArrayD<f32> = array.clone().into_dyn();
    assert_eq!(<Tensor![2, 3, 4]>::try_from(&dynamic).unwrap(), tensor);
    let scalar = ArrayD::from_elem(IxDyn(&[]), 0.5f32);
    assert_eq!(<Tensor![]>::try_from(&scalar).unwrap(), Tensor::from(0.5));
    assert!(<Tensor![]>::each_of(&scalar).is_ok_and(|none| none.is_empty()));
    assert_eq!(<Tensor![]>::each_of(&Array1::<f32>::ones(3)).unwrap().len(), 3);
    assert_eq!(<Tensor![3, 4]>::each_of(&array).unwrap()[1][[2, 3]], 23.0);
    assert!(<Tensor![3, 4]>::each_of(&Array3::<f32>::zeros((2, 4, 3))).is_err());
    let classes = Array2::<usize>::from_elem((2, 5), 7);
    assert_eq!(<Tensor![2, 5; usize]>::try_from(&classes).unwrap().as_array(), classes);
}

#[cfg(feature = "image")]
mod images {
    use image::{DynamicImage, GrayImage, ImageBuffer, Luma, Rgb, RgbImage};
    use nn_core::data::{Fit, ImageFolder};
    use nn_core::prelude::*;
    use nn_core::typenum::{U1, U3, U4, U5};

    /// A folder for one test.
    fn folder(name: &str) -> std::path::PathBuf {
        let path = std::env::temp_dir().join(format!("nn-core-{name}-{}", std::process::id()));
        _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        path
    }

    #[test]
    fn pixels_have_their_places() {
        let image = RgbImage::from_fn(3, 2, |x, y| Rgb([51 * x as u8, 51 * y as u8, 255]));
        let tensor = <Tensor![3, 2, 3]>::from_image(&DynamicImage::from(image), Fit::Exact).unwrap();
        let expected = [[[0.0, 0.2, 0.4]; 2], [[0.0; 3], [0.2; 3]], [[1.0; 3]; 2]];
        assert_eq!(tensor, Tensor::from(expected));
        let wide = ImageBuffer::<Luma<u16>, _>::from_pixel(2, 1, Luma([65535u16]));
        let grey = <Tensor![1, 1, 2]>::from_image(&DynamicImage::from(wide), Fit::Exact).unwrap();
        assert_eq!(grey.as_slice(), [1.0, 1.0]);
    }

    #[test]
    fn images_are_stretched_or_cut() {
        // black, and white in the middle third
        let image =
            DynamicImage::from(GrayImage::from_fn(12, 4, |x, _| Luma([if (4..8).contains(&x) { 255 } else { 0 }])));
        let cut = <Tensor![1, 2, 2]>::from_image(&image, Fit::Crop).unwrap();
        assert!(cut.as_slice().iter().sum::<f32>() > 3.0);
        let stretched = <Tensor![1, 1, 3]>::from_image(&image, Fit::Stretch).unwrap();
        assert!(stretched[[0, 0, 1]] > 0.6 && stretched[[0, 0, 0]] < 0.3);
        let empty = DynamicImage::new_luma8(0, 0);
        assert!(<Tensor![1, 2, 2]>::from_image(&empty, Fit::Crop).is_err());
    }

    #[test]
    fn a_folder_is_trained_on_as_it_is_read() {
        let root = folder("image-folder");
        for (class, low) in [("b", 0), ("a", 128)] {
            std::fs::create_dir(root.join(class)).unwrap();
            for at in 0..4u8 {
                let image = GrayImage::from_pixel(5, 5, Luma([low + at]));
                image.save(root.join(class).join(format!("{at}.{}", if at == 0 { "JPG" } else { "png" }))).unwrap();
            }
        }
        std::fs::write(root.join("a/notes.txt"), "").unwrap();
        std::fs::create_dir(root.join(".hidden")).unwrap();
        let folder = ImageFolder::open(&root).unwrap();
        assert_eq!((folder.classes(), folder.files().len()), (&["a".to_string(), "b".into()][..], 8));
        let data = folder.dataset::<U1, U5, U5, f32>(Fit::Exact).unwrap();
        assert_eq!(data.targets(), [0, 0, 0, 0, 1, 1, 1, 1]);
        assert_eq!(data.inputs()[5], Tensor::filled(1.0 / 255.0));

        std::fs::write(root.join("a/2.png"), "no image").unwrap();
        let error = folder.dataset::<U1, U5, U5, f32>(Fit::Exact).unwrap_err().to_string();
        let path = root.join("a/2.png").display().to_string();
        assert!(error.starts_with(&format!("sample 2 cannot be read: {path}: ")), "{error}");
        let error = folder.dataset::<U3, U4, U4, f64>(Fit::Exact).unwrap_err().to_string();
        assert!(error.ends_with("0.JPG: expected 4 × 4 pixels, found 5 × 5"), "{error}");
    }

    #[test]
    fn folders_without_images_are_refused() {
        let root = folder("image-folder-empty");
        let refused = || ImageFolder::open(&root).unwrap_err().to_string();
        assert!(refused().ends_with(": expected a folder of images for each class, found none"));
        std::fs::create_dir(root.join("a")).unwrap();
        assert!(refused().ends_with("a: expected images, `.png` or `.jpg`, found none"));
    }
}

#[test]
fn one_hot_has_one_one() {
    let tensors = [0, 2].map(|class| <Tensor![3]>::one_hot(class).unwrap());
    assert_eq!(tensors, [Tensor::from([1.0, 0.0, 0.0]), Tensor::from([0.0, 0.0, 1.0])]);
    assert_eq!(<Tensor![3]>::one_hot(3), Err(Error::NoPlace { class: 3, classes: 3 }));
}
